interface Size {
  readonly width: number;
  readonly height: number;
}
interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

const GAP = 12;
/** Distance to the edges of the stage. */
const MARGIN = 8;

/**
 * Where a card goes, in px of the stage: beside the operator on the side with more room, top aligned; above or below it where neither side
 * has room enough; never over it as long as there is another place.
 */
export function placeCard(node: Box, card: Size, stage: Size): { readonly x: number; readonly y: number } {
  const within = (at: number, extent: number, all: number): number =>
    Math.max(MARGIN, Math.min(at, all - extent - MARGIN));
  const x = within(node.x, card.width, stage.width);
  const y = within(node.y, card.height, stage.height);
  const room = {
    left: node.x - GAP - MARGIN,
    right: stage.width - node.x - node.width - GAP - MARGIN,
    above: node.y - GAP - MARGIN,
    below: stage.height - node.y - node.height - GAP - MARGIN,
  };
  const right = { x: node.x + node.width + GAP, y };
  const left = { x: node.x - GAP - card.width, y };
  if (Math.max(room.left, room.right) >= card.width) return room.right >= room.left ? right : left;
  const below = { x, y: node.y + node.height + GAP };
  const above = { x, y: node.y - GAP - card.height };
  if (Math.max(room.above, room.below) >= card.height) return room.below >= room.above ? below : above;
  // No place is large enough: the one that hides least of the operator.
  const beside = { x: within(room.right >= room.left ? right.x : left.x, card.width, stage.width), y };
  const over = { x, y: within(room.below >= room.above ? below.y : above.y, card.height, stage.height) };
  return card.width - Math.max(room.left, room.right) <= card.height - Math.max(room.above, room.below) ? beside : over;
}
