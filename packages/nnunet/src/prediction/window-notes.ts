/** Called with how many windows of an image are done. */
type WindowProgress = (progress: { windowsDone: number; windows: number }) => void;

/** Tells which window of an image is being predicted, but for the last, after which the image is done. */
export const windowNotes =
  (tell: (note: string) => void): WindowProgress =>
  ({ windowsDone, windows }) => {
    if (windowsDone < windows) {
      tell(`window ${windowsDone} of ${windows}`);
    }
  };
