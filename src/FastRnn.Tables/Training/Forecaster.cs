using FastRnn.Compiler;
using FastRnn.Data;
using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Training;

/// <summary>Runs a model over all rows or groups of a table.</summary>
internal static class Forecaster
{
    private const int BatchSize = 64;

    // Groups may be long, and memory is that of the longest.
    private const int NamedBatch = 16;

    /// <summary>What the model puts out at each row, <c>[rows, O]</c>; each output knows the rows before it alone.</summary>
    public static float[] Run(CompiledModel model, ReadOnlySpan<float> encoded, int width, RowLayout layout, int window, int threads)
    {
        var outputs = model.Info.OutputSize;
        var result = new float[checked(layout.Rows.Length * outputs)];
        var windows = layout.Groups.SelectMany(group => RowWindow.Cover(group.Start, group.Start, group.End, window)).ToList();
        var longest = windows.Max(w => w.Length);
        using var predictor = model.CreatePredictor(new() { BatchSize = BatchSize, SequenceLength = longest, Threads = threads });
        var (x, y) = (new float[BatchSize * longest * width], new float[BatchSize * longest * outputs]);
        var lengths = new int[BatchSize];
        foreach (var batch in windows.Chunk(BatchSize))
        {
            var rows = 0;
            for (var i = 0; i < batch.Length; i++)
            {
                lengths[i] = batch[i].Length;
                encoded.Slice(batch[i].Start * width, lengths[i] * width).CopyTo(x.AsSpan(rows * width));
                rows += lengths[i];
            }

            predictor.Run(
                new SequenceBatch { X = x.AsSpan(0, rows * width), Lengths = lengths.AsSpan(0, batch.Length) }, y.AsSpan(0, rows * outputs));
            var from = 0;
            foreach (var (start, first, end) in batch)
            {
                y.AsSpan((from + first - start) * outputs, (end - first) * outputs).CopyTo(result.AsSpan(first * outputs));
                from += end - start;
            }
        }

        return result;
    }

    /// <summary>What the model puts out for each group, <c>[groups, O]</c>: logits of classes.</summary>
    public static float[] Name(CompiledModel model, ReadOnlySpan<float> encoded, int width, RowLayout layout, int threads)
    {
        var outputs = model.Info.OutputSize;
        var result = new float[checked(layout.Groups.Count * outputs)];
        using var predictor = model.CreatePredictor(new()
        {
            BatchSize = NamedBatch,
            SequenceLength = layout.Groups.Max(group => group.Length),
            Threads = threads,
        });
        for (var g = 0; g < layout.Groups.Count; g += NamedBatch)
        {
            // Groups lie one behind the other, as a ragged batch does.
            var batch = layout.Groups.Skip(g).Take(NamedBatch).ToList();
            int[] lengths = [.. batch.Select(group => group.Length)];
            predictor.Run(
                new SequenceBatch { X = encoded[(batch[0].Start * width)..(batch[^1].End * width)], Lengths = lengths },
                result.AsSpan(g * outputs, batch.Count * outputs));
        }

        return result;
    }
}
