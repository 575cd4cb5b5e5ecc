/** How the explanation is coloured; picocolors fits. */
export interface Palette {
  red(text: string): string;
  green(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

const same = (text: string): string => text;

/** No colours: for files, pipes and tests. */
export const PLAIN: Palette = { red: same, green: same, dim: same, bold: same };
