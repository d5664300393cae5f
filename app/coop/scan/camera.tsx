import { Button } from "#app/ui/button.tsx";

/**
 * Lets a phone's camera read a code into the form around it (scan-code.js); hidden where the browser
 * cannot.
 */
export function Camera({
  button,
  says,
  pattern = "",
}: {
  button: string;
  /** What to hold before the camera. */
  says: string;
  /** Of all that the camera sees only such codes are read. */
  pattern?: string;
}) {
  return (
    <p data-scan={pattern} hidden>
      <Button type="button" variant="quiet" wide>
        {button}
      </Button>
      <video className="w-full" hidden muted playsInline aria-label={says} />
    </p>
  );
}
