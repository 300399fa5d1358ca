import { element } from './element.js';

/** Hands over files that are dropped anywhere on the page, pasted, or chosen. */
export function receiveFiles(take: (files: File[]) => void): void {
  const input = element('files', HTMLInputElement);
  input.addEventListener('change', () => {
    take([...(input.files ?? [])]);
    // So that the same file can be chosen again.
    input.value = '';
  });
  document.addEventListener('paste', (event) => {
    takeAll(event.clipboardData, take);
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('dragging');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) {
      document.body.classList.remove('dragging');
    }
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('dragging');
    takeAll(event.dataTransfer, take);
  });
}

function takeAll(data: DataTransfer | null, take: (files: File[]) => void): void {
  const files = [...(data?.files ?? [])];
  if (files.length > 0) {
    take(files);
  }
}
