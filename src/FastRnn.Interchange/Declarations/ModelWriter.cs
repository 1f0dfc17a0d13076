using System.Globalization;
using System.Text;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Declarations;

/// <summary>A network as a declaration: attributes from input to output, cells of the library where one has just these equations, else
/// cells
/// of its own.</summary>
internal sealed class ModelWriter
{
    /// <summary>With what a declaration begins that an import wrote.</summary>
    public const string FirstWords = "// Imported:";

    private readonly Network network;
    private readonly DeclarationOptions options;
    private readonly Findings findings;
    private readonly Dictionary<CellDialect, string> cells = [];
    private readonly List<string> classes = [];
    private readonly List<string> attributes = [];
    private readonly List<Placement> placements = [];
    private int kernels;
    private int read;

    private ModelWriter(Network network, DeclarationOptions options, Findings findings) =>
        (this.network, this.options, this.findings) = (network, options, findings);

    /// <summary>Writes a network down.</summary>
    /// <param name="network">What was understood.</param>
    /// <param name="options">Names.</param>
    /// <param name="origin">Where it comes from, for the comment.</param>
    /// <param name="findings">Receives what cannot be said in a declaration.</param>
    /// <returns>Null if there is any problem.</returns>
    public static Declaration? Write(Network network, DeclarationOptions options, string origin, Findings findings)
    {
        var writer = new ModelWriter(network, options, findings);
        writer.Layers();
        return findings.Problems.Count > 0 ? null : writer.Finish(origin);
    }

    private void Layers()
    {
        if (network.InputSize > 0)
            attributes.Add($"[Input({N(network.InputSize)})]");
        while (read < network.Layers.Count)
        {
            var layer = network.Layers[read++];
            switch (layer)
            {
                case EmbeddingLayer embedding:
                    attributes.Add($"[Embedding(Vocabulary = {N(embedding.Table.Rows)}, Size = {N(embedding.Table.Columns)})]");
                    placements.Add(new(-1, "", [embedding.Table]));
                    break;
                case RecurrentLayer recurrent:
                    Recurrent(recurrent);
                    break;
                case DenseLayer dense:
                    Dense(dense);
                    break;
                case FunctionLayer function:
                    attributes.Add($"[Activation(DenseActivation.{Activation(function.Function, function.Name)})]");
                    break;
                case SoftmaxLayer softmax:
                    attributes.Add($"[Activation(DenseActivation.{Softmax(softmax)})]");
                    break;
                case PoolLayer pool:
                    attributes.Add($"[Pool(Pooling.{pool.Pooling})]");
                    break;
                case SkipLayer:
                    attributes.Add("[Skip]");
                    break;
                case ScaleLayer scale when !float.IsFinite((float)scale.Factor) || (float)scale.Factor == 0:
                    findings.Problem($"{scale.Name}: a factor of {FunctionText.Number(scale.Factor)}");
                    break;
                case ScaleLayer scale:
                    attributes.Add($"[Scale({FunctionText.Number(scale.Factor)})]");
                    break;
                default:
                    throw new InvalidOperationException($"no such layer: {layer}");
            }
        }
    }

    private void Recurrent(RecurrentLayer layer)
    {
        var dialect = CellDialect.Of(layer, layer.Directions[0]);
        if (layer.Directions.Any(d => CellDialect.Of(layer, d) != dialect))
        {
            findings.Problem(
                $"{layer.Name}: its two directions have different functions or biases; a bidirectional layer here has one cell");
            return;
        }

        FunctionUse[] functions = [dialect.Gate, dialect.Candidate, dialect.Output];
        if (functions.SelectMany(f => new[] { f.Alpha, f.Beta }).Append(dialect.Clip ?? 0).Any(n => !float.IsFinite((float)n)))
        {
            findings.Problem($"{layer.Name}: a clip, alpha or beta that is no finite number");
            return;
        }

        if (Cell(dialect, layer.Name) is not { } cell)
            return;
        List<string> more = [N(layer.HiddenSize)];
        if (layer.Directions[0].Projection is { } projection)
            more.Add(N(projection.Rows));
        if (layer.Directions.Count == 2)
            more.Add("Bidirectional = true");
        if (layer.Directions.Count == 2 && layer.Merge != Merge.Concat)
            more.Add($"Merge = Merge.{layer.Merge}");
        if (layer.Directions.Count == 1 && layer.Directions[0].Backward)
            more.Add("Backward = true");
        var starts = layer.Directions.Any(d => d.FirstHidden is not null || d.FirstCell is not null);
        if (starts)
            more.Add("InitialState = InitialState.Learned");
        attributes.Add($"[Layer<{cell}>({string.Join(", ", more)})]");

        foreach (var direction in layer.Directions)
        {
            placements.AddRange(CellFields.Of(dialect, direction).Select(f => new Placement(kernels, f.Field, f.Parts)));
            if (starts)
            {
                placements.Add(new(kernels, CellFields.Initial(isCell: false), Parts(direction.FirstHidden)));
                if (layer.Kind == RecurrentKind.Lstm)
                    placements.Add(new(kernels, CellFields.Initial(isCell: true), Parts(direction.FirstCell)));
            }

            kernels++;
        }
    }

    private string? Cell(CellDialect dialect, string layer)
    {
        if (dialect.BuiltIn is { } builtIn)
            return builtIn == options.Name ? "FastRnn.Cells." + builtIn : builtIn;
        if (cells.TryGetValue(dialect, out var known))
            return known;
        var name = options.Name + dialect.Word;
        for (var i = 2; cells.ContainsValue(name); i++)
            name = options.Name + dialect.Word + N(i);
        try
        {
            classes.Add(new CellWriter(dialect, name).Write());
        }
        catch (ForeignFileException e)
        {
            findings.Problem($"{layer}: {e.Message}");
            return null;
        }

        return cells[dialect] = name;
    }

    private void Dense(DenseLayer layer)
    {
        var activation = layer.Function.Kind == FunctionKind.Identity && read < network.Layers.Count
            && network.Layers[read] is SoftmaxLayer softmax && read++ >= 0
            ? Softmax(softmax)
            : Activation(layer.Function, layer.Name);
        var bias = layer.Bias.Count == 0 ? ", Bias = false" : "";
        var function = activation == nameof(DenseActivation.Linear) ? "" : $", Activation = DenseActivation.{activation}";
        attributes.Add($"[Dense({N(layer.Weight.Rows)}{bias}{function})]");
        placements.Add(new(kernels, "W", [layer.Weight]));
        if (layer.Bias.Count > 0)
            placements.Add(new(kernels, "b", layer.Bias));
        kernels++;
    }

    private static string Softmax(SoftmaxLayer layer) => layer.IsLog ? nameof(DenseActivation.LogSoftmax) : nameof(DenseActivation.Softmax);

    private string Activation(FunctionUse function, string layer)
    {
        if (FunctionText.Activation(function) is { } activation)
            return activation.ToString();
        findings.Problem(
            $"{layer}: {function.Kind} (alpha {FunctionText.Number(function.Alpha)}, beta {FunctionText.Number(function.Beta)}) cannot be "
            + "the function of a dense layer or stand between layers");
        return nameof(DenseActivation.Linear);
    }

    private Declaration Finish(string origin)
    {
        var text = new StringBuilder();
        text.AppendLine($"{FirstWords} {OneLine(origin)}.");
        if (!$"{options.Namespace}.".StartsWith("FastRnn.", StringComparison.Ordinal))
            text.AppendLine("using FastRnn;");
        if (attributes.Any(a => a.StartsWith("[Layer<", StringComparison.Ordinal)))
            text.AppendLine("using FastRnn.Cells;");
        if (classes.Count > 0)
            text.AppendLine("using FastRnn.Language;").AppendLine().AppendLine("using static FastRnn.Language.Functions;");
        text.AppendLine().AppendLine($"namespace {options.Namespace};").AppendLine();
        foreach (var cell in classes)
            text.AppendLine(cell);
        var rate = network.Signature.SampleRate is { } hertz ? $" It was made for {FunctionText.Number(hertz)} samples a second." : "";
        text.AppendLine($"/// <summary>What the file says, from input to output.{rate}</summary>").AppendLine("[Model]");
        foreach (var attribute in attributes)
            text.AppendLine(attribute);
        if (options.WeightsFile is { } file)
            text.AppendLine($"[Weights(\"{file}\")]");
        text.AppendLine($"public sealed partial class {options.Name};");
        return new(text.ToString().ReplaceLineEndings("\n"), placements);
    }

    // Texts of the file must not leave their comment.
    private static string OneLine(string text) => string.Concat(
        text.Take(200).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' ? '?' : c));

    private static IReadOnlyList<WeightView> Parts(WeightView? view) => view is null ? [] : [view];

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
