/** The nonce that the page's content security policy gives to style elements made by script. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

declare global {
  interface Window {
    __webpack_nonce__?: string;
  }
}

/** Tell the libraries that make their own style elements (the lock on scrolling under a drawer) by the name they look for. */
export function shareStyleNonce(): void {
  window.__webpack_nonce__ = styleNonce();
}
