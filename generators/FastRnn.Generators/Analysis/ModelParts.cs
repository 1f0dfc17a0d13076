using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>A model's list, cut into what an encoder reads and the main part, each from its input on.</summary>
/// <param name="Encoder">Null if there is none.</param>
/// <param name="Decoder">Null if there is none.</param>
/// <param name="Before">What stands before the encoder: nothing, in a model that is right.</param>
/// <param name="Source">The encoder's list.</param>
/// <param name="Main">The decoder's list, or the whole model's, up to the first head.</param>
internal sealed record ModelParts(
    EncoderSpec? Encoder, DecoderSpec? Decoder,
    IReadOnlyList<AttributeSpec> Before, IReadOnlyList<AttributeSpec> Source, IReadOnlyList<AttributeSpec> Main)
{
    /// <summary>The item of <see cref="Main"/> whose output input feeding feeds back: the dense layer right behind the last attention; null
    /// if there is none.</summary>
    public DenseSpec? Fed =>
        Main.ToList().FindLastIndex(item => item is AttentionSpec) is >= 0 and var last && last + 1 < Main.Count
            ? Main[last + 1] as DenseSpec : null;

    /// <summary>The heads behind it; none in a model whose last layer is its output.</summary>
    public IReadOnlyList<HeadPart> Heads { get; init; } = [];

    public static ModelParts Of(ModelSpec model)
    {
        var items = model.Attributes.Where(item => item is not (PyTorchSpec or WeightsSpec)).ToList();
        var encoder = items.FindIndex(item => item is EncoderSpec);
        var decoder = items.FindIndex(item => item is DecoderSpec);
        var main = items.Skip(encoder < 0 || decoder < encoder ? 0 : decoder + 1).ToList();
        var trunk = main.TakeWhile(item => item is not OutputSpec).ToList();
        var parts = encoder < 0 || decoder < encoder
            ? new ModelParts(
                model.Attributes.OfType<EncoderSpec>().FirstOrDefault(), model.Attributes.OfType<DecoderSpec>().FirstOrDefault(), [], [],
                trunk)
            : new ModelParts(
                (EncoderSpec)items[encoder], (DecoderSpec)items[decoder], items.Take(encoder).ToList(),
                items.Skip(encoder + 1).Take(decoder - encoder - 1).ToList(), trunk);
        return parts with { Heads = HeadPart.Of(main) };
    }

    /// <summary>A last step that is pooled can as well be pooled before a dropout as after it: then it is still known which layer it is
    /// of.</summary>
    public static IReadOnlyList<AttributeSpec> PoolFirst(IReadOnlyList<AttributeSpec> items)
    {
        var moved = items.ToList();
        for (var i = moved.FindIndex(item => item is PoolSpec { Pooling: Pooling.Last }); i > 0 && moved[i - 1] is DropoutSpec; i--)
        {
            (moved[i - 1], moved[i]) = (moved[i], moved[i - 1]);
        }

        return moved;
    }
}
