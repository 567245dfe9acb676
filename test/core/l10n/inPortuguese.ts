import bundle from '../../../l10n/bundle.l10n.pt-br.json';
import { useTexts } from '../../../src/core/l10n/l10n';

// Imported first: core keeps some texts from the moment it is loaded.
useTexts(bundle);
