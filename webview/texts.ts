/** Imported first by every page: panels keep some texts from the moment they are loaded. */
import { useTexts } from '../src/core/l10n/l10n';

const { texts } = document.body.dataset;
if (texts) useTexts(JSON.parse(texts) as Record<string, string>);
