import * as vscode from 'vscode';
import { useTexts } from '../core/l10n/l10n';

// Imported first by the entry points: core keeps some texts from the moment it is loaded.
useTexts(vscode.l10n.bundle ?? {});
