using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Models;

/// <summary>Every model of the benchmarks.</summary>
internal static class ModelList
{
    public static IReadOnlyList<IBenchmarkModel> All { get; } =
    [
        Of(() => new Lstm_1x8()), Of(() => new Lstm_1x16()), Of(() => new Lstm_1x20()), Of(() => new Lstm_1x24()),
        Of(() => new Lstm_1x32()),
        Of(() => new Lstm_1x40()), Of(() => new Lstm_1x64()), Of(() => new Lstm_16x32()), Of(() => new Lstm_64x128()),
        Of(() => new Lstm_16x16()), Of(() => new Lstm_32x32()), Of(() => new Lstm_64x64()), Of(() => new Lstm_128x128()),
        Of(() => new Lstm_256x256()), Of(() => new Lstm_512x512()), Of(() => new Lstm_1024x1024()),
        Of(() => new Lstm_128x128_2()), Of(() => new Lstm_128x128_3()), Of(() => new Lstm_128x128_4()),
        Of(() => new Gru_1x8()), Of(() => new Gru_1x16()), Of(() => new Gru_1x24()), Of(() => new Gru_1x32()), Of(() => new Gru_1x40()),
        Of(() => new Gru_1x64()), Of(() => new Gru_40x154()), Of(() => new Gru_256x256()),
        Of(() => new Gru_512x512()), Of(() => new Gru_1024x1024()),
        Of(() => new MyLstm_1x32()), Of(() => new MyLstm_128x128()),
        Of(() => new CharacterModel()), Of(() => new WholeLstm_64x512_2()), Of(() => new WholeGru_64x256_2()),
        Of(() => new WholeElman_64x256()),
        Of(() => new WholeLstm_16x32()), Of(() => new DefaultModel()),
    ];

    /// <summary>The model of a workload's shape.</summary>
    /// <param name="workload">The shape.</param>
    /// <param name="cell">The cell's class, if it is not the one that carries the peers' name.</param>
    public static IBenchmarkModel Find(Workload workload, string? cell = null)
    {
        var name = cell ?? workload.Cell.ToString();
        return All.FirstOrDefault(
            model => model.Cell == name && model.InputSize == workload.InputSize && model.HiddenSize == workload.HiddenSize
                && model.Layers == workload.Layers && model.Vocabulary == workload.Vocabulary)
            ?? throw new ArgumentException(
                $"No model of the benchmarks is {name} {workload.InputSize} -> {workload.HiddenSize} x {workload.Layers}.", nameof(cell));
    }

    private static BenchmarkModel<TModel> Of<TModel>(Func<TModel> create)
        where TModel : class, IModel<TModel> => new(create);
}
