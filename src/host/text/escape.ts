/** Every character that Markdown could give a meaning to, and that of addresses; line ends would end a table's row. */
export const escaped = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
