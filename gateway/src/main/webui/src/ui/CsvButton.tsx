import { useMutation } from "@tanstack/react-query";
import { type ApiError, download } from "../api/client";

/** Saves a list as CSV; a failure is told beside the button. */
export function CsvButton(props: { path: string; name: string }) {
  const save = useMutation<void, ApiError>({ mutationFn: () => download(props.path, "text/csv", props.name) });
  return (
    <>
      <button type="button" disabled={save.isPending} onClick={() => save.mutate()}>
        CSV
      </button>
      {save.isError && (
        <small className="tone-bad" role="alert">
          not saved: {save.error.message}
        </small>
      )}
    </>
  );
}
