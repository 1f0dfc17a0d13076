using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace FastRnn.Mutants.Making;

/// <summary>The runtime and the assembly of the few models, with all mutants in them, and the list of these.</summary>
internal sealed class MutantAssemblies(string root, string bin, string folder)
{
    private const string Runtime = "src/FastRnn";
    private const string Models = "tests/FastRnn.Tests.Core";

    /// <summary>Chooses, compiles and writes.</summary>
    /// <param name="widths">Of kernels, the project's property.</param>
    /// <param name="emitted">How many mutants of emitted kernels.</param>
    /// <param name="runtime">How many of the runtime.</param>
    /// <param name="seed">Of the choice.</param>
    /// <param name="wanted">These instead; null if they are drawn.</param>
    public IReadOnlyList<Mutant> Make(string widths, int emitted, int runtime, int seed, IReadOnlyList<Mutant>? wanted = null)
    {
        Directory.CreateDirectory(folder);
        var library = new SourceProject(root, Runtime, bin);
        var original = library.Compile(widths, library.InBin("System.Numerics.Tensors"));
        var prefix = Path.Combine(root, Runtime) + Path.DirectorySeparatorChar;
        var inLibrary = Choose(
            original,
            original.SyntaxTrees.Where(tree => tree.FilePath.StartsWith(prefix, StringComparison.Ordinal))
                .Select(tree => (Tree: tree, Path: tree.FilePath[prefix.Length..].Replace('\\', '/')))
                .Where(file => Areas.OfRuntime(file.Path) is not null)
                .Select(file => (file.Tree, file.Path, (Func<string, string?>)(_ => Areas.OfRuntime(file.Path)))),
            runtime, first: 1);
        var (image, keptOfLibrary) = Emit(original.AddSyntaxTrees(SourceProject.Parse(Guards.Switch, "MutantSwitch.cs")), inLibrary);
        File.WriteAllBytes(Path.Combine(folder, library.Name + ".dll"), image);
        Console.WriteLine($"{library.Name}: {keptOfLibrary.Count} mutants of {inLibrary.Count}");

        var models = new SourceProject(root, Models, bin);
        var declared = models.Compile(
            widths, [MetadataReference.CreateFromImage(image), .. models.InBin(
                "System.Numerics.Tensors", "FastRnn.Distributed", "xunit.core", "xunit.assert", "xunit.abstractions")]);
        var inModels = Choose(
            declared,
            declared.SyntaxTrees.Where(tree => Areas.IsKernel(tree.FilePath))
                .Select(tree => (tree, Path.GetFileName(tree.FilePath), (Func<string, string?>)Areas.OfEmitted)),
            emitted, first: Math.Max(runtime, inLibrary.Count) + 1);
        (image, var keptOfModels) = Emit(declared, inModels);
        File.WriteAllBytes(Path.Combine(folder, models.Name + ".dll"), image);
        Console.WriteLine($"{models.Name}: {keptOfModels.Count} mutants of {inModels.Count}");
        return [.. keptOfLibrary.Concat(keptOfModels).Select(choice => choice.Mutant)];

        IReadOnlyList<Choice> Choose(
            Compilation code, IEnumerable<(SyntaxTree Tree, string Name, Func<string, string?> Area)> files, int count, int first) =>
            wanted is null ? Selection.Of(code, files, count, first, seed) : Selection.Of(code, files, wanted, first);
    }

    /// <summary>Leaves out those that do not compile: constants, variables that are not assigned.</summary>
    private static (byte[] Image, IReadOnlyList<Choice> Kept) Emit(Compilation original, IReadOnlyList<Choice> choices)
    {
        var kept = choices.ToDictionary(choice => choice.Mutant.Id);
        while (true)
        {
            var compilation = original;
            foreach (var file in kept.Values.GroupBy(choice => choice.Node.SyntaxTree))
                compilation = compilation.ReplaceSyntaxTree(file.Key, Guards.Write(file.Key, file));
            using var image = new MemoryStream();
            var result = compilation.Emit(image, options: new EmitOptions());
            if (result.Success)
                return (image.ToArray(), [.. kept.Values.OrderBy(choice => choice.Mutant.Id)]);

            var errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
            var wrong = errors.Where(d => d.Location.SourceTree is not null)
                .SelectMany(d => Guards.At(d.Location.SourceTree!.GetRoot().FindNode(d.Location.SourceSpan))).ToHashSet();
            if (!wrong.Any(kept.ContainsKey))
                SourceProject.Refuse(errors);
            foreach (var id in wrong)
                kept.Remove(id);
        }
    }
}
