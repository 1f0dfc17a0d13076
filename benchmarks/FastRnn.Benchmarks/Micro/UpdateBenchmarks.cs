using BenchmarkDotNet.Attributes;

using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Models;

namespace FastRnn.Benchmarks.Micro;

/// <summary>From gradients to new weights: the norm; clipping, Adam, the check for finite numbers and repacking; repacking alone.</summary>
public class UpdateBenchmarks
{
    private IUpdate update = null!;

    [Params(nameof(CharacterModel), nameof(WholeLstm_64x512_2))]
    public string Model { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Create() => update = Model == nameof(CharacterModel)
        ? new UpdateOf<CharacterModel>(() => new CharacterModel(), Threads)
        : new UpdateOf<WholeLstm_64x512_2>(() => new WholeLstm_64x512_2(), Threads);

    [GlobalCleanup]
    public void Dispose() => update.Dispose();

    [Benchmark]
    public double Norm() => update.Norm();

    [Benchmark]
    public bool AdamAndRepack() => update.Apply();

    /// <summary>On one thread.</summary>
    [Benchmark]
    public void Repack() => update.Repack();
}
