import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

/** "scripted" is one that a script presses by itself: shown where no scripts run. */
export type ButtonVariant = "primary" | "buy" | "quiet" | "danger" | "scripted";

const classes: Record<ButtonVariant, string> = {
  primary: "btn",
  buy: "btn btn-buy",
  quiet: "btn btn-quiet",
  danger: "btn btn-danger",
  scripted: "btn btn-quiet btn-scripted",
};

type Variant = { variant?: ButtonVariant; wide?: boolean };

function classOf({ variant = "primary", wide }: Variant): string {
  return wide ? `${classes[variant]} w-full` : classes[variant];
}

export function Button({
  variant,
  wide,
  ...rest
}: Variant & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className">) {
  return <button type="submit" {...rest} className={classOf({ variant, wide })} />;
}

export function ButtonLink({
  variant,
  wide,
  children,
  ...rest
}: Variant & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "className"> & { href: string }) {
  return (
    <a {...rest} className={classOf({ variant, wide })}>
      {children}
    </a>
  );
}
