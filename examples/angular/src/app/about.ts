import { Component } from "@angular/core";

@Component({ template: `<h1>About the shelf</h1>` })
export class About {}
