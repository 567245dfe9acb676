import type * as vscode from 'vscode';

/** The language id that package.json gives to `*.cnn.yaml`: highlighted as YAML, but no prey of tools that mean all YAML. */
export const LANGUAGE = 'convlens-cnn';

/** Documents of version control and the like carry their revision in the query: they are read, never judged. */
export const isCurrent = ({ uri }: vscode.TextDocument): boolean => uri.query === '' && uri.scheme !== 'git';

export const isDefinition = ({ languageId }: vscode.TextDocument): boolean => languageId === LANGUAGE;

/** By its name alone: menus and links hand over files that nobody has opened yet. */
export const isDefinitionFile = ({ path }: vscode.Uri): boolean => /\.cnn\.ya?ml$/i.test(path);

/** `residual` for `residual.cnn.yaml`. */
export const netName = ({ path }: vscode.Uri): string => (path.split('/').at(-1) ?? '').replace(/\.cnn\.ya?ml$/i, '');
