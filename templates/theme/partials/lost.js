// The site may stand under a sub-path that it was not told of: its root is what comes before the first folder it knows.
(() => {
  const known = /^(.*?\/)(?:reviews|lessons|themes|regions|offences|search|support|about|trends|recommendations|data|assets)(?:\/|$)/;
  const root = (known.exec(location.pathname) ?? /^(.*\/)[^/]+\/?$/.exec(location.pathname) ?? ["", "/"])[1];
  for (const link of document.links) link.pathname = root + link.pathname.slice(1);
  document.querySelector("link").href = `${root}assets/favicon.svg`;
})();
