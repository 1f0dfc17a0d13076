using FastRnn.Embedded;
using FastRnn.Models;

namespace FastRnn.Before;

/// <summary>All rows, in the order of the report.</summary>
internal static class Rows
{
    private const int Block = 64;

    public static IReadOnlyList<Row> All { get; } =
    [
        .. Train<WholeLstm128>("LSTM 64 -> 128 x 2", 64), .. Train<WholeLstm512>("LSTM 64 -> 512 x 2", 64),
        .. Train<WholeGru256>("GRU 64 -> 256 x 2", 64), .. Train<WholeElman256>("Elman 64 -> 256", 64),
        .. Train<WholeLstm32>("LSTM 16 -> 32", 32),
        .. Batched<Lstm128>("LSTM 128", 32, 100), .. Batched<Lstm256>("LSTM 256", 64, 50), .. Batched<Lstm512>("LSTM 512", 64, 50),
        .. Predicted<OfLstm>("LSTM 64 -> 128"), .. Predicted<InBothDirections>("LSTM 64 -> 128, bidirectional"),
        .. Stream<Lstm8>("small streams", "LSTM 1 -> 8"), .. Stream<Lstm16>("small streams", "LSTM 1 -> 16"),
        .. Stream<Lstm32>("small streams", "LSTM 1 -> 32"), .. Stream<Lstm64>("small streams", "LSTM 1 -> 64"),
        .. Stream<Gru8>("small streams", "GRU 1 -> 8"), .. Stream<Gru16>("small streams", "GRU 1 -> 16"),
        .. Stream<Gru32>("small streams", "GRU 1 -> 32"), .. Stream<Gru64>("small streams", "GRU 1 -> 64"),
        .. Large<Lstm512>("LSTM 512"), .. Large<Lstm1024>("LSTM 1024"),
        .. Stream<KeywordSpotter>("embedded", "keywords, GRU 40 -> 154 -> 12", true),
        .. Stream<Pedal>("embedded", "pedal, LSTM 1 -> 16 -> 1", true),
        Shape<OfGru>("GRU"), Shape<OfPeepholeLstm>("peephole LSTM"), Shape<OfLayerNormLstm>("layer-normalised LSTM"), Shape<OfLstm>("LSTM"),
        Shape<WithDropout>("dropout"), Shape<WithRecurrentDropout>("recurrent dropout"), Shape<InBothDirections>("bidirectional"),
        Shape<WithAttention>("encoder, decoder and attention"),
        .. Ragged<OfLstm>("LSTM"),
        .. Stream<OfGru>("streams of cells", "GRU 64 -> 128 -> 32"),
        .. Stream<OfPeepholeLstm>("streams of cells", "peephole LSTM 64 -> 128 -> 32"),
        .. Stream<OfLayerNormLstm>("streams of cells", "layer-normalised LSTM 64 -> 128 -> 32"),
        .. Stream<DroppedStream>("streams of shapes", "LSTM 1 -> 16, dropout"),
        .. Stream<RecurrentlyDroppedStream>("streams of shapes", "GRU 1 -> 16, recurrent dropout"),
        .. Stream<PooledStream>("streams of shapes", "GRU 40 -> 64, last step"),
        .. Stream<LearnedStream>("streams of shapes", "LSTM 1 -> 16, learned start"),
    ];

    private static Row[] Train<TModel>(string name, int rows)
        where TModel : Model<TModel>, IModel<TModel> =>
    [
        .. from threads in (int[])[1, 2]
           select new Row($"training, {threads}", $"train {name}, B {rows}, T 50, {Threads(threads)}", () =>
               Api.TrainWindows<TModel>(new(Api.SizesOf<TModel>(), Batch.Equal(rows, 50)), threads)),
    ];

    private static Row[] Batched<TModel>(string name, int rows, int steps)
        where TModel : Model<TModel>, IModel<TModel> =>
    [
        .. from threads in (int[])[1, 2]
           select new Row("batches", $"infer {name}, B {rows}, T {steps}, {Threads(threads)}", () =>
               Api.RunBatch<TModel>(rows, steps, threads)),
    ];

    private static Row[] Predicted<TModel>(string name)
        where TModel : Model<TModel>, IModel<TModel> =>
    [
        new("batches", $"predict {name}, 1 to 63 steps, 2 threads", () => Api.Predict<TModel>(RaggedFor<TModel>(), 2)),
        new("batches", $"evaluate {name}, 1 to 63 steps, 2 threads", () => Api.Evaluate<TModel>(RaggedFor<TModel>(), 2)),
    ];

    private static Row[] Stream<TModel>(string group, string name, bool isEmbedded = false)
        where TModel : Model<TModel>, IModel<TModel> =>
    [
        new(group, $"stream {name}, call", () => Api.StepStream<TModel>(1, isEmbedded)),
        new(group, $"stream {name}, block {Block}", () => Api.RunStream<TModel>(Block, 1, isEmbedded)),
    ];

    private static Row[] Large<TModel>(string name)
        where TModel : Model<TModel>, IModel<TModel> =>
    [
        .. from threads in (int[])[1, 2]
           select new Row("large streams", $"stream {name}, call, {Threads(threads)}", () => Api.StepStream<TModel>(threads, false)),
    ];

    private static Row Shape<TModel>(string name)
        where TModel : Model<TModel>, IModel<TModel> =>
        new("shapes", $"train {name}, 64 -> 128 -> 32, B 64, T 32, 2 threads", () =>
            Api.TrainSequences<TModel>(new(Api.SizesOf<TModel>(), Batch.Equal(64, 32)), 2));

    private static Row[] Ragged<TModel>(string name)
        where TModel : Model<TModel>, IModel<TModel> =>
    [
        .. from threads in (int[])[1, 2]
           select new Row("shapes", $"train {name}, 64 -> 128 -> 32, B 64, 1 to 63 steps, {Threads(threads)}", () =>
               Api.TrainSequences<TModel>(RaggedFor<TModel>(), threads)),
    ];

    private static Batch RaggedFor<TModel>()
        where TModel : Model<TModel>, IModel<TModel> => new(Api.SizesOf<TModel>(), Batch.Ragged());

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";
}
