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
        var parts = ModelParts.Of(model);
        OrderChecks.Check(model, parts, problems);
        SizeChecks.Check(model, problems);
        LossChecks.Check(model, parts, problems);
        OptionChecks.Check(model, problems);
        if (!problems.Any(p => p.IsError))
        {
            SizeChecks.CheckInputs(parts.Source, problems);
            SizeChecks.CheckInputs(parts.Main, problems);
            PartChecks.Check(parts, problems);
        }

        var cells = new CellResolver(linked, problems);
        var resolved = new Dictionary<LayerSpec, CellGraph>();
        var all = true;
        foreach (var layer in model.Attributes.OfType<LayerSpec>())
        {
            var cell = cells.Resolve(layer);
            all &= cell is not null;
            resolved[layer] = cell!;
        }

        if (problems.Any(p => p.IsError) || !all)
        {
            return new ModelOutcome(model.Class.FullName, null, new(problems));
        }

        var wiring = new ModelWiring(parts, layer => resolved[layer], problems);
        var table = wiring.Build();
        if (problems.Any(p => p.IsError))
        {
            return new ModelOutcome(model.Class.FullName, null, new(problems));
        }

        var graph = Graph(model, parts, table.Layers, wiring.HeadSizes);
        if (parts.Heads.Count == 0)
        {
            LossChecks.CheckOutputs(
                model.Attributes.OfType<LossSpec>().SingleOrDefault(), graph.Layers[graph.Layers.Count - 1].OutputSize, problems);
        }

        for (var i = 0; i < parts.Heads.Count; i++)
        {
            LossChecks.CheckOutputs(parts.Heads[i].Losses[0], graph.Heads[i].Size, problems);
        }

        SizeChecks.CheckTotals(model, graph, table.Places, problems);
        return new ModelOutcome(model.Class.FullName, problems.Any(p => p.IsError) ? null : graph, new(problems),
            model.Attributes.OfType<WeightsSpec>().FirstOrDefault());
    }

    private static ModelGraph Graph(
        ModelSpec model, ModelParts parts, IEnumerable<LayerGraph> layers, IReadOnlyList<int> headSizes)
    {
        var inputs = InputGraph.Of(parts.Main);
        var input = InputGraph.Together(inputs);
        var sources = InputGraph.Of(parts.Source);
        var source = sources.Count == 0 ? default : InputGraph.Together(sources);
        var losses = model.Attributes.OfType<LossSpec>().ToList();
        var loss = losses.Count == 1 ? losses[0] : null;
        return new ModelGraph(
            model.Class.Namespace,
            model.Class.Name,
            model.Class.ContainingTypes,
            model.Class.Accessibility,
            input.Kind,
            input.Size,
            input.Vocabulary,
            new(layers),
            losses.Count > 1 ? LossKind.Mixed : loss?.Kind ?? LossKind.None,
            losses.Count > 0 ? losses[0].Reduction : Reduction.Sum,
            LossChecks.Normalization(model) == DenseActivation.Softmax,
            model.Attributes.OfType<PyTorchSpec>().Any())
        {
            Inputs = inputs,
            Source = sources.Count == 0 ? null : new SourceGraph(source.Kind, source.Size, source.Vocabulary) { Inputs = sources },
            Weights = model.Attributes.OfType<WeightsSpec>().FirstOrDefault() is { } weights
                ? new(weights.Path, weights.Format, weights.Width) : null,
            LogSoftmaxOutput = LossChecks.Normalization(model) == DenseActivation.LogSoftmax,
            LossOptions = loss is null ? LossGraph.None : Options(loss),
            Heads = new(parts.Heads.Select((head, i) => new HeadGraph(
                head.Output.Name, headSizes[i], head.Output.Weight, head.Losses[0].Kind, Options(head.Losses[0])))),
            ConditionSize = parts.Main.OfType<ConditionSpec>().FirstOrDefault()?.Size ?? 0,
        };
    }

    private static LossGraph Options(LossSpec loss) =>
        new(
            loss.Options.LabelSmoothing, loss.Options.Delta, loss.Options.Quantiles, loss.Options.ZeroInfinity, loss.Class?.FullName ?? "",
            loss.Class?.Outputs ?? 1);
}
