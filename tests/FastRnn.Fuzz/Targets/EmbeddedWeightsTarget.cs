extern alias generators;

using FastRnn.Files;
using FastRnn.Fuzz.Mutation;

using generators::FastRnn.Generators;
using generators::FastRnn.Generators.Weights;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Fuzz.Targets;

/// <summary>The generator's reader of the file that <c>[Weights]</c> names. It refuses by diagnostics.</summary>
internal class EmbeddedWeightsTarget : OwnTarget
{
    private const string Weights = "fuzzed.safetensors";

    private const string Declaration = $$"""
        using FastRnn;
        using FastRnn.Cells;

        [Model, Input(2), Layer<Elman>(3), Dense(1), Weights("{{Weights}}")]
        public sealed partial class FuzzedEffect;
        """;

    private readonly Lazy<LinkedWeights> linked = new(Link);
    private CheckedWeights? read;

    public override string Name => "embedded";

    public override string Reader => "the generator's [Weights]";

    public override string FileName => Weights;

    // All of the file is an array while it is hashed.
    protected override int OfNumber => 4;

    protected override int OfLetter => 64;

    public override byte[] Change(Random random, byte[] original) => new SafeTensorsMutator(random).Change(original);

    public override string Numbers() =>
        FuzzDigest.Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Parameters), read!.Tensors.Metadata);

    /// <summary>What was read last, in the order of the model's parameters.</summary>
    protected ReadOnlySpan<float> Parameters => read!.Numbers;

    protected override bool IsRefusal(Exception e) => e is DiagnosedException;

    protected override void Read(string path)
    {
        var file = WeightFile.Read(path, default);
        var outcome = WeightsAnalyzer.Analyze(linked.Value with { Files = new([file]) }, default);
        if (outcome.Problems.Count > 0)
            throw new DiagnosedException(string.Join(" ", outcome.Problems.Select(problem => problem.Message)));
        read = outcome.File;
    }

    public override long Letters(byte[] file) => SafeTensorsParts.Letters(file);

    protected override IReadOnlyList<FuzzSeed> MakeSeeds()
    {
        using var model = new FuzzedEffect(seed: 1);
        var numbers = model.Parameters.ToArray();
        var good = RuntimeTarget.Written(
            Weights, path => ModelFile.Save(FuzzedEffect.Info, numbers, path, new Dictionary<string, string> { ["text"] = "é" }));
        return [new(Weights, good), new(Weights, SafeTensorsMutator.WithoutChecksum(good))];
    }

    /// <summary>The declaration as the generator knows it when it comes to the file, which is not there.</summary>
    private static LinkedWeights Link()
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest);
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Fuzzed", [CSharpSyntaxTree.ParseText(Declaration, parse)], trusted.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var result = CSharpGeneratorDriver.Create(
            [new FastRnnGenerator().AsSourceGenerator()], parseOptions: parse,
            driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true))
            .RunGenerators(compilation).GetRunResult();
        return (LinkedWeights)result.Results[0].TrackedSteps[nameof(LinkedWeights)][0].Outputs[0].Value;
    }

    private sealed class DiagnosedException(string message) : Exception(message);
}
