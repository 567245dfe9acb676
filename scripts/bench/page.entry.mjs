// What the measurements of the page call: the gallery's page around the webview as it is shipped.
export { pageOf } from '../../test/gallery/page';
export { serveGallery } from '../../test/gallery/server';
export { buildScene, draw } from '../../src/core/view/scene';
