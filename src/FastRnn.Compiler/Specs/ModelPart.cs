using System.Globalization;

namespace FastRnn.Compiler;

/// <summary>One line of a <see cref="ModelSpec"/>: an attribute of a declaration. Sizes and rates are checked by the generator, as in a
/// declaration; names are checked here.</summary>
public sealed record ModelPart
{
    private ModelPart(string attribute, Type? equations = null) => (Attribute, Equations) = (attribute, equations);

    /// <summary>What a declaration says for it: <c>Dense(10, Activation = DenseActivation.Tanh)</c>.</summary>
    public string Attribute { get; }

    /// <summary>The class of its cell or loss, if it was given as one.</summary>
    internal Type? Equations { get; }

    /// <summary>Vectors of numbers go in: <see cref="InputAttribute"/>. Inputs of tokens may stand beside it, in any order, in front of the
    /// first layer.</summary>
    /// <param name="size">Number of features of one step, 1 to 65,536.</param>
    public static ModelPart Input(int size) => new(Of("Input", size));

    /// <summary>Tokens go in, and each has a learned vector: <see cref="EmbeddingAttribute"/>.</summary>
    /// <param name="vocabulary">Number of different tokens, 1 to 1,048,576.</param>
    /// <param name="size">Length of a token's vector, 1 to 65,536.</param>
    public static ModelPart Embedding(int vocabulary, int size) =>
        new(Of("Embedding", new Setting("Vocabulary", vocabulary), new Setting("Size", size)));

    /// <summary>Tokens go in as one-hot vectors: <see cref="OneHotAttribute"/>.</summary>
    /// <param name="vocabulary">Number of different tokens, 1 to 65,536.</param>
    public static ModelPart OneHot(int vocabulary) => new(Of("OneHot", new Setting("Vocabulary", vocabulary)));

    /// <summary>A recurrent layer: <see cref="LayerAttribute{TCell}"/>.</summary>
    /// <param name="cell">The class of the cell: of <c>FastRnn.Cells</c> (<c>"Lstm"</c>), of <see cref="ModelSpec.Cells"/>, or, with its
    /// namespace, of an assembly in <see cref="CompileOptions.References"/>.</param>
    /// <param name="hiddenSize">Units, 1 to 65,536.</param>
    /// <param name="options">What else there is to say.</param>
    /// <exception cref="ArgumentException"><paramref name="cell"/> is no name of a class.</exception>
    public static ModelPart Layer(string cell, int hiddenSize, LayerOptions? options = null) =>
        new((options ?? new LayerOptions()).Attribute(Name.InText(Name.Check(cell, nameof(cell))), hiddenSize));

    /// <summary>A recurrent layer whose cell is a class of this program, compiled with FastRnn's generator.</summary>
    /// <param name="cell">A public class with <see cref="CellAttribute"/>.</param>
    /// <param name="hiddenSize">Units, 1 to 65,536.</param>
    /// <param name="options">What else there is to say.</param>
    /// <exception cref="ArgumentException">The class is generic: no cell is.</exception>
    public static ModelPart Layer(Type cell, int hiddenSize, LayerOptions? options = null) =>
        new((options ?? new LayerOptions()).Attribute(Name.Of(cell, nameof(cell), "[Cell]"), hiddenSize), cell);

    /// <summary>A dense layer at each step: <see cref="DenseAttribute"/>.</summary>
    /// <param name="size">Number of outputs, 1 to 65,536.</param>
    /// <param name="activation">Of the outputs.</param>
    /// <param name="bias">Whether a vector is added and learned.</param>
    public static ModelPart Dense(int size, DenseActivation activation = DenseActivation.Linear, bool bias = true) =>
        new(Of("Dense", size, new Setting("Activation", activation), new Setting("Bias", bias)));

    /// <summary>Dropout between layers: <see cref="DropoutAttribute"/>.</summary>
    /// <param name="rate">0 to below 1.</param>
    public static ModelPart Dropout(double rate) => new(Of("Dropout", rate));

    /// <summary>A function of each number by itself: <see cref="ActivationAttribute"/>.</summary>
    /// <param name="activation">The function.</param>
    public static ModelPart Activation(DenseActivation activation) => new(Of("Activation", activation));

    /// <summary>A constant factor: <see cref="ScaleAttribute"/>.</summary>
    /// <param name="factor">Finite, and not 0.</param>
    public static ModelPart Scale(double factor) => new(Of("Scale", factor));

    /// <summary>The input, added to the output so far: <see cref="SkipAttribute"/>.</summary>
    public static ModelPart Skip() => new("Skip");

    /// <summary>One output of a sequence: <see cref="PoolAttribute"/>.</summary>
    /// <param name="pooling">How.</param>
    public static ModelPart Pool(Pooling pooling) => new(Of("Pool", pooling));

    /// <summary>A vector from which each sequence starts: <see cref="ConditionAttribute"/>.</summary>
    /// <param name="size">The vector's length, 1 to 65,536.</param>
    /// <param name="target">Where it enters.</param>
    public static ModelPart Condition(int size, ConditionTarget target) => new(Of("Condition", size, target));

    /// <summary>What follows, up to <see cref="Decoder"/>, is the encoder: <see cref="EncoderAttribute"/>.</summary>
    public static ModelPart Encoder() => new("Encoder");

    /// <summary>What follows is the decoder: <see cref="DecoderAttribute"/>.</summary>
    /// <param name="handover">With what its recurrent layers start.</param>
    /// <param name="inputFeeding">Whether a step reads what the attention of the step before led to.</param>
    public static ModelPart Decoder(Handover handover = Handover.States, bool inputFeeding = false) => new(inputFeeding
        ? Of("Decoder", new Setting("Handover", handover), new Setting("InputFeeding", inputFeeding))
        : Of("Decoder", new Setting("Handover", handover)));

    /// <summary>Attention of the decoder over the steps of the encoder: <see cref="AttentionAttribute"/>.</summary>
    /// <param name="score">How both are compared.</param>
    /// <param name="size">The length to which both are projected, 1 to 65,536; 0 for as they are.</param>
    public static ModelPart Attention(AttentionScore score, int size = 0) => new(Of("Attention", score, size));

    /// <summary>What follows, up to the next one, is a head with a loss of its own: <see cref="OutputAttribute"/>.</summary>
    /// <param name="name">What it is called: ASCII letters, digits and <c>_</c>, a letter first.</param>
    /// <param name="weight">What its loss is multiplied by; finite and above 0.</param>
    public static ModelPart Output(string name, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || !char.IsAsciiLetter(name[0]))
            throw new ArgumentException($"Expected ASCII letters, digits and '_', a letter first, got \"{name}\".", nameof(name));
        return new($"Output(\"{name}\", {Argument(new Setting("Weight", weight))})");
    }

    /// <summary>The first values that PyTorch would draw: <see cref="PyTorchInitializationAttribute"/>.</summary>
    public static ModelPart PyTorchInitialization() => new("PyTorchInitialization");

    /// <summary>The loss of one class a position: <see cref="SoftmaxCrossEntropyAttribute"/>.</summary>
    /// <param name="reduction">Over positions.</param>
    /// <param name="labelSmoothing">How much of the target is spread over all classes, 0 to below 1.</param>
    public static ModelPart SoftmaxCrossEntropy(Reduction reduction = Reduction.Sum, double labelSmoothing = 0)
    {
        List<object> said = [new Setting("Reduction", reduction)];
        if (labelSmoothing != 0)
            said.Add(new Setting("LabelSmoothing", labelSmoothing));
        return new(Of("SoftmaxCrossEntropy", [.. said]));
    }

    /// <summary>The loss of outputs that are true or false: <see cref="SigmoidBinaryCrossEntropyAttribute"/>.</summary>
    /// <param name="reduction">Over positions.</param>
    public static ModelPart SigmoidBinaryCrossEntropy(Reduction reduction = Reduction.Sum) =>
        new(Of("SigmoidBinaryCrossEntropy", new Setting("Reduction", reduction)));

    /// <summary>The loss of numbers: <see cref="MeanSquaredErrorAttribute"/>.</summary>
    /// <param name="reduction">Over positions.</param>
    public static ModelPart MeanSquaredError(Reduction reduction = Reduction.Sum) =>
        new(Of("MeanSquaredError", new Setting("Reduction", reduction)));

    /// <summary>The loss of numbers with outliers: <see cref="MeanAbsoluteErrorAttribute"/>.</summary>
    /// <param name="reduction">Over positions.</param>
    public static ModelPart MeanAbsoluteError(Reduction reduction = Reduction.Sum) =>
        new(Of("MeanAbsoluteError", new Setting("Reduction", reduction)));

    /// <summary>Squares of small differences, lines of large ones: <see cref="HuberAttribute"/>.</summary>
    /// <param name="delta">The largest difference that is squared; finite and above 0.</param>
    /// <param name="reduction">Over positions.</param>
    public static ModelPart Huber(double delta = 1, Reduction reduction = Reduction.Sum) =>
        new(Of("Huber", new Setting("Delta", delta), new Setting("Reduction", reduction)));

    /// <summary>The loss of forecasts of quantiles: <see cref="QuantileAttribute"/>.</summary>
    /// <param name="quantiles">Each above 0 and below 1, ascending; a target has as many outputs.</param>
    /// <param name="reduction">Over positions.</param>
    public static ModelPart Quantile(IEnumerable<double> quantiles, Reduction reduction = Reduction.Sum)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        return new(Of("Quantile", [.. quantiles.Cast<object>(), new Setting("Reduction", reduction)]));
    }

    /// <summary>The loss of labels whose places are not known: <see cref="CtcAttribute"/>.</summary>
    /// <param name="zeroInfinity">Whether a sequence that is too short for its labels does not count.</param>
    /// <param name="reduction">Over sequences.</param>
    public static ModelPart Ctc(bool zeroInfinity = false, Reduction reduction = Reduction.Sum) =>
        new(Of("Ctc", new Setting("ZeroInfinity", zeroInfinity), new Setting("Reduction", reduction)));

    /// <summary>A loss that is written as equations: <see cref="LossAttribute{TLoss}"/>.</summary>
    /// <param name="loss">The class of the loss: of <c>FastRnn.Losses</c> (<c>"LogCosh"</c>), of <see cref="ModelSpec.Cells"/>, or, with
    /// its namespace, of an assembly in <see cref="CompileOptions.References"/>.</param>
    /// <param name="reduction">Over positions.</param>
    /// <exception cref="ArgumentException"><paramref name="loss"/> is no name of a class.</exception>
    public static ModelPart Loss(string loss, Reduction reduction = Reduction.Sum) =>
        new(Of($"Loss<{Name.InText(Name.Check(loss, nameof(loss)))}>", new Setting("Reduction", reduction)));

    /// <summary>A loss that is a class of this program, compiled with FastRnn's generator.</summary>
    /// <param name="loss">A public class with <see cref="LossAttribute"/>.</param>
    /// <param name="reduction">Over positions.</param>
    /// <exception cref="ArgumentException">The class is generic: no loss is.</exception>
    public static ModelPart Loss(Type loss, Reduction reduction = Reduction.Sum) =>
        new(Of($"Loss<{Name.Of(loss, nameof(loss), "[Loss]")}>", new Setting("Reduction", reduction)), loss);

    /// <inheritdoc/>
    public override string ToString() => Attribute;

    /// <summary>An attribute with arguments: values, and pairs of a name and a value.</summary>
    internal static string Of(string attribute, params object[] arguments) =>
        $"{attribute}({string.Join(", ", arguments.Select(Argument))})";

    private static string Argument(object argument) => argument switch
    {
        Setting setting => $"{setting.Name} = {Literal(setting.Value)}",
        _ => Literal(argument),
    };

    private static string Literal(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => number.ToString("r", CultureInfo.InvariantCulture),
        IReadOnlyList<double> numbers => $"new double[] {{ {string.Join(", ", numbers.Select(number => Literal(number)))} }}",
        Enum kind when Enum.IsDefined(kind.GetType(), kind) => $"{kind.GetType().Name}.{kind}",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number or a member of its enum."),
    };

    /// <summary>An argument with a name.</summary>
    internal sealed record Setting(string Name, object Value);
}
