import { Component, signal } from "@angular/core";

@Component({
  template: `<h1>Books</h1>
    <ul>
      @for (book of books(); track book) {
        <li>{{ book }}</li>
      }
    </ul>`,
})
export class Books {
  readonly books = signal(["The Sea, the Sea", "The Old Man and the Sea"]);
}
