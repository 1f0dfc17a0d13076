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

    /// <summary>What the model puts out at each row, <c>[rows, O]</c>, the linear part included; each output knows the rows before it
    /// alone.</summary>
    public static float[] Run(CompiledModel model, EncodedRows encoded, RowLayout layout, PreparationText text, int threads)
    {
        var result = Run(model, encoded, layout, text.Window, threads);
        if (text.Linear is null)
            return result;
        var (linear, outputs) = (new LinearPart(text.Linear, encoded), model.Info.OutputSize);
        foreach (var (_, start, end) in layout.Groups)
        {
            for (var row = start; row < end; row++)
                linear.PutOn(start, row, result.AsSpan(row * outputs, outputs));
        }

        return result;
    }

    private static float[] Run(CompiledModel model, EncodedRows encoded, RowLayout layout, int window, int threads)
    {
        var outputs = model.Info.OutputSize;
        var result = new float[checked(layout.Rows.Length * outputs)];
        var windows = layout.Groups.SelectMany(group => RowWindow.Cover(group.Start, group.Start, group.End, window)).ToList();
        var longest = windows.Max(w => w.Length);
        using var predictor = model.CreatePredictor(new() { BatchSize = BatchSize, SequenceLength = longest, Threads = threads });
        var (x, y) = (new float[BatchSize * longest * encoded.Width], new float[BatchSize * longest * outputs]);
        var tokens = new int[BatchSize * longest * encoded.Categories];
        var lengths = new int[BatchSize];
        foreach (var batch in windows.Chunk(BatchSize))
        {
            var rows = 0;
            for (var i = 0; i < batch.Length; i++)
            {
                lengths[i] = batch[i].Length;
                encoded.NumbersOf(batch[i].Start, batch[i].End).CopyTo(x.AsSpan(rows * encoded.Width));
                encoded.TokensOf(batch[i].Start, batch[i].End).CopyTo(tokens.AsSpan(rows * encoded.Categories));
                rows += lengths[i];
            }

            var sequences = new SequenceBatch
            {
                X = x.AsSpan(0, rows * encoded.Width),
                Tokens = tokens.AsSpan(0, rows * encoded.Categories),
                Lengths = lengths.AsSpan(0, batch.Length),
            };
            predictor.Run(sequences, y.AsSpan(0, rows * outputs));
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
    public static float[] Name(CompiledModel model, EncodedRows encoded, RowLayout layout, int threads)
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
            var (start, end) = (batch[0].Start, batch[^1].End);
            predictor.Run(
                new SequenceBatch { X = encoded.NumbersOf(start, end), Tokens = encoded.TokensOf(start, end), Lengths = lengths },
                result.AsSpan(g * outputs, batch.Count * outputs));
        }

        return result;
    }
}
