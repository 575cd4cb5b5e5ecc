/**
 * Loads a JavaScript module of the user's. (A file of its own, since the bundle replaces it: a script
 * from V8's code cache can't import, and is handed what can.)
 * @param url of the file
 */
export const importModule = (url: string): Promise<unknown> => import(url);
