using FastRnn.Interchange.Tests.Mutants;

namespace FastRnn.Fuzz.Targets;

/// <summary>A format that <c>FastRnn.Interchange</c> reads: with the files, changes and rules of its tests.</summary>
internal sealed class ForeignTarget(string kind) : FuzzTarget
{
    private readonly Lazy<MutantKind> mutants = new(MutantKind.All[kind]);
    private Dictionary<FuzzSeed, MutantSeed>? origins;

    public override string Name => kind;

    public override string Reader => "ForeignNetwork.Open, and all that an import does before it compiles";

    public override string FileName => "fuzzed" + kind switch
    {
        "onnx" or "keras" or "h5" or "weights.h5" or "safetensors" or "dat" => "." + kind,
        "torch.save" => ".pt",
        "AIDA-X" => ".aidax",
        "NAM" => ".nam",
        _ => ".json",
    };

    public override byte[] Change(Random random, byte[] original) => mutants.Value.Change(random, original);

    public override Reading Check(string path, FuzzSeed? seed)
    {
        var origin = seed is null ? new MutantSeed(FileName, []) : Origins[seed];
        var folder = Path.GetDirectoryName(path)!;
        foreach (var beside in origin.Beside.Where(b => !File.Exists(Path.Combine(folder, b.Name))))
            File.WriteAllBytes(Path.Combine(folder, beside.Name), beside.Bytes);

        var check = new MutantCheck(path, origin);
        var wrong = check.Run();

        // Of what was allocated in all not all was held: then a process with so much memory decides.
        if (wrong is null && check.Allocated > check.MostHeld)
            wrong = HeapLimit.Run(path, Path.Combine(folder, "imported"), check.MostHeld, check.IsRead);
        return new(check.IsRead, null, wrong, check.Allocated);
    }

    protected override IReadOnlyList<FuzzSeed> MakeSeeds() => [.. Origins.Keys];

    private Dictionary<FuzzSeed, MutantSeed> Origins => origins ??= mutants.Value.Seeds.ToDictionary(s => new FuzzSeed(s.Name, s.Bytes));
}
