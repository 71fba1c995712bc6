export const config = { dir: { input: "pages", includes: "../layouts" } };

export default function (eleventy) {
  eleventy.addCollection("posts", (all) => all.getFilteredByTag("post").reverse());
}
