import iconUrl from "./icon.svg";

export function Logo() {
  return (
    <span className="product-logo">
      <img src={iconUrl} alt="" width="22" height="22" />
      <span>Creative Cities Graph</span>
    </span>
  );
}
