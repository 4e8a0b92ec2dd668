// What a reader asked for goes along: filters in the address, and a place on the page. Without a script the page itself leads on.
if (location.search || location.hash) location.replace(document.currentScript.dataset.to + location.search + location.hash);
