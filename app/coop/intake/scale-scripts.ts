/** What keeps weigh-ins in the phone and sends them, and what reads a card with the phone's camera. */
export const SCALE_SCRIPTS = ["photo-shrink", "kept-weigh-ins", "scale", "scan-code"];
