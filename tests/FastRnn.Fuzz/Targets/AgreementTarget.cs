using FastRnn.Files;

namespace FastRnn.Fuzz.Targets;

/// <summary>The generator reads a file by the runtime's rules: both read it, with the same bits, or both refuse it.</summary>
internal sealed class AgreementTarget : EmbeddedWeightsTarget
{
    private readonly float[] numbers = new float[FuzzedEffect.Info.ParameterCount];

    public override string Name => "agreement";

    public override string Reader => "the generator's [Weights] and ModelFile.Load, which agree";

    // Both read it, and neither more than once.
    protected override int OfNumber => 6;

    protected override int OfLetter => 96;

    protected override void Read(string path)
    {
        var (refusal, diagnosis) = (Try(Load), Try(base.Read));
        if (refusal is null != diagnosis is null)
            throw new InvalidOperationException(
                $"the runtime: {refusal?.Message ?? "reads it"}; the generator: {diagnosis?.Message ?? "reads it"}");
        if (diagnosis is not null)
            throw diagnosis;
        if (!Parameters.SequenceEqual(numbers))
            throw new InvalidOperationException("the generator and the runtime read other numbers");

        void Load(string file) => ModelFile.Load(FuzzedEffect.Info, numbers, file);

        Exception? Try(Action<string> read)
        {
            try
            {
                read(path);
                return null;
            }
            catch (Exception e) when (e is ModelFileException || IsRefusal(e))
            {
                return e;
            }
        }
    }
}
