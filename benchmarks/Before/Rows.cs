using FastRnn.Embedded;

namespace FastRnn.Before;

/// <summary>All rows, in the order of the report.</summary>
internal static class Rows
{
    private const int Block = 64;

    public static IReadOnlyList<Row> All { get; } =
    [
        .. Train(new Api<WholeLstm128>(), "LSTM 64 -> 128 x 2", 64), .. Train(new Api<WholeLstm512>(), "LSTM 64 -> 512 x 2", 64),
        .. Train(new Api<WholeGru256>(), "GRU 64 -> 256 x 2", 64), .. Train(new Api<WholeElman256>(), "Elman 64 -> 256", 64),
        .. Train(new Api<WholeLstm32>(), "LSTM 16 -> 32", 32), .. Batched(new Api<Lstm128>(), "LSTM 128", 32, 100),
        .. Batched(new Api<Lstm256>(), "LSTM 256", 64, 50), .. Batched(new Api<Lstm512>(), "LSTM 512", 64, 50),
        .. Predicted(new Api<OfLstm>(), "LSTM 64 -> 128"), .. Predicted(new Api<InBothDirections>(), "LSTM 64 -> 128, bidirectional"),
        .. Stream(new Api<Lstm8>(), "small streams", "LSTM 1 -> 8"), .. Stream(new Api<Lstm16>(), "small streams", "LSTM 1 -> 16"),
        .. Stream(new Api<Lstm32>(), "small streams", "LSTM 1 -> 32"), .. Stream(new Api<Lstm64>(), "small streams", "LSTM 1 -> 64"),
        .. Stream(new Api<Gru8>(), "small streams", "GRU 1 -> 8"), .. Stream(new Api<Gru16>(), "small streams", "GRU 1 -> 16"),
        .. Stream(new Api<Gru32>(), "small streams", "GRU 1 -> 32"), .. Stream(new Api<Gru64>(), "small streams", "GRU 1 -> 64"),
        .. Large(new Api<Lstm512>(), "LSTM 512"), .. Large(new Api<Lstm1024>(), "LSTM 1024"),
        .. Stream(new Api<KeywordSpotter>(), "embedded", "keywords, GRU 40 -> 154 -> 12", true),
        .. Stream(new Api<Pedal>(), "embedded", "pedal, LSTM 1 -> 16 -> 1", true), Shape(new Api<OfGru>(), "GRU"),
        Shape(new Api<OfPeepholeLstm>(), "peephole LSTM"), Shape(new Api<OfLayerNormLstm>(), "layer-normalised LSTM"),
        Shape(new Api<OfLstm>(), "LSTM"), Shape(new Api<WithDropout>(), "dropout"),
        Shape(new Api<WithRecurrentDropout>(), "recurrent dropout"), Shape(new Api<InBothDirections>(), "bidirectional"),
        Shape(new Api<WithAttention>(), "encoder, decoder and attention"),
        .. from threads in (int[])[1, 2] select Trained(new Api<OfLstm>(), "LSTM", "1 to 63 steps", Batch.Ragged(), threads),
        .. Stream(new Api<OfGru>(), "streams of cells", "GRU 64 -> 128 -> 32"),
        .. Stream(new Api<OfPeepholeLstm>(), "streams of cells", "peephole LSTM 64 -> 128 -> 32"),
        .. Stream(new Api<OfLayerNormLstm>(), "streams of cells", "layer-normalised LSTM 64 -> 128 -> 32"),
        .. Stream(new Api<DroppedStream>(), "streams of shapes", "LSTM 1 -> 16, dropout"),
        .. Stream(new Api<RecurrentlyDroppedStream>(), "streams of shapes", "GRU 1 -> 16, recurrent dropout"),
        .. Stream(new Api<PooledStream>(), "streams of shapes", "GRU 40 -> 64, last step"),
        .. Stream(new Api<LearnedStream>(), "streams of shapes", "LSTM 1 -> 16, learned start"),
    ];

    private static Row[] Train(IModelApi model, string name, int rows) =>
    [
        .. from threads in (int[])[1, 2]
           select new Row($"training, {threads}", $"train {name}, B {rows}, T 50, {Threads(threads)}", () =>
               model.TrainWindows(new(model.Sizes, Batch.Equal(rows, 50)), threads)),
    ];

    private static Row[] Batched(IModelApi model, string name, int rows, int steps) =>
    [
        .. from threads in (int[])[1, 2]
           select new Row("batches", $"infer {name}, B {rows}, T {steps}, {Threads(threads)}", () =>
               model.RunBatch(rows, steps, threads)),
    ];

    private static Row[] Predicted(IModelApi model, string name) =>
    [
        new("batches", $"predict {name}, 1 to 63 steps, 2 threads", () => model.Predict(RaggedFor(model), 2)),
        new("batches", $"evaluate {name}, 1 to 63 steps, 2 threads", () => model.Evaluate(RaggedFor(model), 2)),
    ];

    private static Row[] Stream(IModelApi model, string group, string name, bool isEmbedded = false) =>
    [
        new(group, $"stream {name}, call", () => model.StepStream(1, isEmbedded)),
        new(group, $"stream {name}, block {Block}", () => model.RunStream(Block, 1, isEmbedded)),
    ];

    private static Row[] Large(IModelApi model, string name) =>
    [
        .. from threads in (int[])[1, 2]
           select new Row("large streams", $"stream {name}, call, {Threads(threads)}", () => model.StepStream(threads, false)),
    ];

    private static Row Shape(IModelApi model, string name) => Trained(model, name, "T 32", Batch.Equal(64, 32), 2);

    private static Row Trained(IModelApi model, string name, string steps, int[] lengths, int threads) =>
        new("shapes", $"train {name}, 64 -> 128 -> 32, B 64, {steps}, {Threads(threads)}", () =>
            model.TrainSequences(new(model.Sizes, lengths), threads));

    private static Batch RaggedFor(IModelApi model) => new(model.Sizes, Batch.Ragged());

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";
}
