using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>A cell of another assembly, by the source that was recorded there: read once for all models that name it.</summary>
/// <param name="Cell">Which one.</param>
/// <param name="Graph">Null if it cannot be read.</param>
/// <param name="Problem">Why not.</param>
internal sealed record RecordedCell(CellReference Cell, CellGraph? Graph, string Problem)
{
    /// <summary>Those that a model's layers name.</summary>
    public static IEnumerable<CellReference> NamedBy(ModelSpec model) => model.Attributes.OfType<LayerSpec>()
        .Select(layer => layer.Cell).Where(cell => cell.IsMarked && cell.Assembly.Length > 0).Distinct();

    public static RecordedCell Read(CellReference cell)
    {
        if (cell.Source is null)
        {
            return new RecordedCell(cell, null, "it has not recorded them; was it built with this generator?");
        }

        if (CellReader.Read(cell.FullName, cell.Source, out var problem) is not { } spec)
        {
            return new RecordedCell(cell, null, problem);
        }

        var outcome = CellAnalyzer.Analyze(spec);
        return new RecordedCell(cell, outcome.Graph, outcome.Problems.FirstOrDefault(p => p.IsError)?.Message ?? problem);
    }
}
