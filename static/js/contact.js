// Whether the portal can be reached from here just now, and still knows who is asking.
//
// "here" with the seconds that the session has left, "signed-out", or "lost".
const LIMIT_MS = 8000;

export async function contact() {
  const token = document.querySelector("input[name='csrfmiddlewaretoken']");
  try {
    const response = await fetch(document.body.dataset.keepAliveUrl, {
      method: "POST",
      headers: { "X-CSRFToken": token ? token.value : "" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    if (response.ok) return { is: "here", seconds: (await response.json()).seconds };
    const signedOut = response.type === "opaqueredirect" || [401, 403].includes(response.status);
    return { is: signedOut ? "signed-out" : "lost" };
  } catch {
    return { is: "lost" };
  }
}
