import { provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { provideRouter } from "@angular/router";

import { App } from "./app/app";
import { Books } from "./app/books";

bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideRouter([
      { path: "", component: Books },
      { path: "about", loadComponent: () => import("./app/about").then((about) => about.About) },
    ]),
  ],
});
