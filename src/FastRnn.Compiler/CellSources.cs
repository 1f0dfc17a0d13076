extern alias generators;

using System.Reflection;

using FastRnn.CompilerServices;

using generators::FastRnn.Generators.Analysis;
using generators::FastRnn.Generators.Parsing;

namespace FastRnn.Compiler;

/// <summary>The equations of cells, from the sources that the generator recorded in their assemblies.</summary>
/// <param name="assemblies">Where cells are looked for.</param>
internal sealed class CellSources(params IEnumerable<Assembly> assemblies)
{
    private readonly Dictionary<string, CellSourceAttribute> sources = assemblies.Distinct()
        .SelectMany(a => a.GetCustomAttributes<CellSourceAttribute>())
        .GroupBy(a => NameOf(a.Cell), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>The assemblies in which a model's cells can be: its own, and those that it refers to.</summary>
    public static CellSources Of(Type model) => new(
    [
        model.Assembly, typeof(ModelAttribute).Assembly,
        .. AppDomain.CurrentDomain.GetAssemblies().Where(a => IsReferred(model.Assembly, a)),
    ]);

    /// <summary>The equations of a cell; null if no assembly has recorded them, or if they are none.</summary>
    /// <param name="cell">Its full name.</param>
    public StepEquations? Find(string cell)
    {
        if (!sources.TryGetValue(cell, out var source) || CellReader.Read(cell, source.Source, out _) is not { } spec)
            return null;
        return CellAnalyzer.Analyze(spec).Graph is not { } graph ? null : new(
            [.. graph.Nodes.Select(n => new StepOperation(n.Operation.ToString(), n.Name, n.A, n.B, n.Value))], [.. graph.NewStates]);
    }

    // As the tables of a model have it: nested types behind a dot.
    private static string NameOf(Type cell) => cell.FullName!.Replace('+', '.');

    private static bool IsReferred(Assembly from, Assembly to) =>
        from.GetReferencedAssemblies().Any(name => name.FullName == to.FullName);
}
