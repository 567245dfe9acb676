/** Words for a message of VS Code, which makes links of `[label](command:…)`, commands too: names of files and models make none. */
export const unlinked = (text: string): string => text.replaceAll('](', '] (');
