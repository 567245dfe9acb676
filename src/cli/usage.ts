/** Wrong use of the program: says what, and ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Exit codes: a contract that scripts depend on. */
export const DONE = 0;
export const FILE_HAS_ERRORS = 1;
export const WRONG_USAGE = 2;

export const HELP = `ConvLens: what is inside a convolutional network.

Usage:
  convlens analyze FILE [--input NAME=1x3x224x224]... [--field-of NAME] [--json | --csv | --markdown | --latex]
      Sizes, receptive fields, parameters and cost of every layer, as a table.
  convlens unit FILE --value TENSOR --at ROW,COLUMN [--input ...] [--field-of NAME] [--json]
      Which pixels of the image one unit sees, exactly. TENSOR is its name, or that of a layer as analyze gives it.
  convlens unit FILE --queries - [--input ...] [--field-of NAME]
      The same for many units: one JSON object a line on standard input, {"value": "T", "at": [r, c]},
      "input": {"x": [1, 3, 512, 512]} where another size is meant; one line of JSON as answer to each.
  convlens coverage FILE --value TENSOR [--input ...] [--field-of NAME] [--json]
      How many units of a layer use each pixel of the image, and how many pixels nobody uses.
  convlens run FILE [--image PICTURE] [--input NAME=ARRAY.npy]... [--tensors NAME | all]... [--top K]
                    [--save FOLDER] [--json]
      Runs the model, or a network definition (*.cnn.yaml), with the page's runtime (WASM) and the page's preparation of the picture (PNG, JPEG or .npy):
      the K most probable classes, and range and mean of every output and of the tensors named. Inputs without
      an array get zeros (noise where no input takes a picture).

  convlens diff BEFORE AFTER [--all] [--input ...] [--json | --markdown]
      Which layers were added, removed and changed, what differs in each, and the totals of both. What merely follows
      from a change (sizes, cost, receptive fields) is counted, and listed with --all. Names, exporters and the elements of
      weights are not compared. Exit status as of diff: 0 the same net, 1 different, 2 trouble.

  convlens convert FILE -o OUT.onnx [--json]
      A network definition (*.cnn.yaml), or any model, as one ONNX file with its weights.
  convlens cut FILE --at TENSOR[,TENSOR] -o OUT.onnx [--head CLASSES [--seed S] [--softmax]] [--json]
      What these tensors need, as a model of its own: the net without its head. The name of a layer will do as well.
      With --head a fresh one follows (global average pooling, a dense layer with random weights) for so many classes.

Options:
  --input NAME=SIZE   Extents of an input in place of those the file declares; NAME= is a scalar.
  --field-of NAME     Input that receptive fields refer to; else the first that looks like an image.
  --tensors NAME      Tells about this tensor too, or what the layer of that name makes; its numbers are in the JSON up to 65 536 elements.
  --save FOLDER       Writes every tensor told about as .npy.
  --json              One JSON document (schemas/analysis.schema.json for analyze, diff.schema.json for diff)
                      and nothing else.
  --csv, --markdown, --latex
                      The table of layers in this form.
  --help, --version

Exit status: 0 done (there may be warnings), 1 the file has errors (what is known is printed), 2 wrong usage.
`;
