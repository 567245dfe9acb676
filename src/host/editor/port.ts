import type * as vscode from 'vscode';
import type { Port } from '../../protocol/rpc';

/** The host's end of the wire to a page. */
export const portOf = (webview: vscode.Webview): Port => ({
  post: (message) => void webview.postMessage(message),
  listen(listener) {
    const heard = webview.onDidReceiveMessage(listener);
    return () => void heard.dispose();
  },
});
