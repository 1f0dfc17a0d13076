using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Understanding;

/// <summary>Follows the mask through the chain. A network masks all of its recurrent layers or none: steps that are masked are as if they
/// were not there.</summary>
internal sealed class MaskReading(KerasModel model, Findings findings)
{
    private bool isThere;
    private bool wasMade;
    private string? recurrent;

    /// <summary>The token that is masked.</summary>
    public int? Token { get; private set; }

    /// <summary>The number that is masked where a whole step holds it.</summary>
    public double? Value { get; private set; }

    /// <summary>An Embedding or a Masking layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="isFirst">Whether it reads the input as it is.</param>
    public void Add(KerasLayer layer, bool isFirst)
    {
        if (layer.Kind == KerasKind.Embedding)
        {
            if (!layer.Flag("mask_zero", false))
                return;
            Token = 0;
            findings.Assume($"steps with token 0 are masked ({layer.Where}, mask_zero)");
        }
        else
        {
            if (!isFirst || wasMade)
            {
                findings.Problem($"{layer.Where} masks what another layer made; only steps of the input are masked");
                return;
            }

            // Keras compares in single precision.
            Value = (float)layer.Number("mask_value", 0);
            findings.Assume($"steps all of whose numbers are {(float)Value} are masked ({layer.Where})");
        }

        isThere = wasMade = true;
    }

    /// <summary>A recurrent layer.</summary>
    public void Recurrent(KerasLayer layer)
    {
        var isBoth = layer.Kind == KerasKind.Bidirectional;
        var returnsSequences = layer.Parts[0].ReturnsSequences;
        if (wasMade && !isThere && !model.Masked.Contains(layer))
        {
            var reason = model.Version is { DropsMasks: true } version
                ? $"Keras {version.Text} does not pass a mask on behind a recurrent layer (since 3.16; 3.15 did)"
                : "the mask ends before it";
            findings.Problem($"{layer.Where} also reads the steps that are masked: {reason}; networks mask every recurrent layer or none");
        }
        else if (wasMade)
        {
            SeeMask(layer, isBoth, returnsSequences);
        }

        isThere &= returnsSequences && model.Version is not { DropsMasks: true };
    }

    /// <summary>TimeDistributed, which passes the mask on or not as a recurrent layer does.</summary>
    public void Distributed() => isThere &= model.Version is not { DropsMasks: true };

    /// <summary>A pooling over steps.</summary>
    public void Pooling(KerasLayer layer)
    {
        if (wasMade)
            findings.Problem($"{layer.Where} pools steps of which some are masked; that is understood only without a mask");
        isThere = false;
    }

    /// <summary>The layer Softmax.</summary>
    public void Softmax(KerasLayer layer)
    {
        if (isThere)
            findings.Problem($"{layer.Where} is given a mask of steps, which it takes for one of numbers");
    }

    private void SeeMask(KerasLayer layer, bool isBoth, bool returnsSequences)
    {
        if (recurrent is not null && model.Version is null)
        {
            findings.Problem(
                $"{layer.Where} follows {recurrent} behind a mask, which Keras 3.15 passes on and 3.16 does not, and the file does not "
                    + "say its version; give a metadata.json or a .keras file beside it");
        }

        if (layer.GoesBackwards && returnsSequences && !isBoth)
            findings.Problem($"{layer.Where} goes backwards over a mask: the outputs that it returns do not lie where the mask is");

        var puts = !returnsSequences
            ? "its output is that of the last step that is not masked"
            : isBoth || layer.ZerosMasked ? "it puts out 0 there"
            : "it repeats the output before (0 before the first step that is not masked)";
        findings.Assume($"{layer.Where} sees the mask: at masked steps its state is held, and {puts}");
        recurrent = layer.Where;
    }
}
