using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>From what a model says to its layers with their sizes.</summary>
internal static class ModelAnalyzer
{
    public static ModelOutcome Analyze(LinkedModel linked)
    {
        var model = linked.Model;
        var problems = new List<Problem>();
        OrderChecks.Check(model, problems);
        SizeChecks.Check(model, problems);
        LossChecks.Check(model, problems);
        var cells = new CellResolver(linked.Cells, problems);
        var resolved = model.Items.OfType<LayerSpec>().Select(cells.Resolve).ToList();
        if (problems.Any(p => p.IsError) || resolved.Contains(null))
        {
            return new ModelOutcome(model.Shell.FullName, null, new(problems));
        }

        var graph = Graph(model, resolved!);
        SizeChecks.CheckTotals(model, graph, problems);
        return new ModelOutcome(model.Shell.FullName, problems.Any(p => p.IsError) ? null : graph, new(problems));
    }

    private static ModelGraph Graph(ModelSpec model, List<CellGraph> cells)
    {
        var input = model.Items.OfType<InputSpec>().Single();
        var loss = model.Items.OfType<LossSpec>().SingleOrDefault();
        var inputSize = input.Attribute == "OneHot" ? input.Vocabulary : input.Size;
        return new ModelGraph(
            model.Shell.Namespace,
            model.Shell.Name,
            model.Shell.ContainingTypes,
            model.Shell.Accessibility,
            input.Attribute == "Input" ? "Vector" : input.Attribute,
            inputSize,
            input.Vocabulary,
            new(Layers(model, cells, inputSize)),
            loss?.Attribute ?? "None",
            loss?.Reduction ?? "Sum",
            model.Items.OfType<DenseSpec>().Any(d => d.Activation == "Softmax"),
            model.Items.OfType<PyTorchSpec>().Any());
    }

    private static IEnumerable<LayerGraph> Layers(ModelSpec model, List<CellGraph> cells, int size)
    {
        var next = 0;
        foreach (var item in model.Items)
        {
            LayerGraph layer;
            switch (item)
            {
                case LayerSpec recurrent:
                    layer = new LayerGraph(cells[next++], false, "Linear", size, recurrent.HiddenSize, recurrent.Dimensions);
                    break;
                case DenseSpec dense:
                    var activation = dense.Activation == "Softmax" ? "Linear" : dense.Activation;
                    layer = new LayerGraph(DenseGraph.Create(activation), true, activation, size, dense.Size, EquatableArray<int>.Empty);
                    break;
                default:
                    continue;
            }

            yield return layer;
            size = layer.OutputSize;
        }
    }
}
