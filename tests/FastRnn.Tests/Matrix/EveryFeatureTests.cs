namespace FastRnn.Tests.Matrix;

/// <summary>Every feature for every shape of model: what one of them cannot do, none refuses.</summary>
public class EveryFeatureTests
{
    private static readonly IReadOnlyDictionary<string, IFeatures> All =
        FeatureList.All.ToDictionary(f => f.Info.Name, StringComparer.Ordinal);

    public static TheoryData<string> Models => [.. All.Keys];

    public static TheoryData<string> Streams => [.. All.Values.Where(f => f.Streams).Select(f => f.Info.Name)];

    public static TheoryData<string> Generators => [.. All.Values.Where(f => f.Generates).Select(f => f.Info.Name)];

    [Theory, MemberData(nameof(Streams))]
    public void Streams_are_predictions(string model) =>
        All[model].Session_steps_blocks_and_predictions_are_the_same_bits(WeightFormat.Float32);

    [Theory, MemberData(nameof(Streams))]
    public void Rounded_streams_are_predictions(string model) =>
        All[model].Session_steps_blocks_and_predictions_are_the_same_bits(WeightFormat.BFloat16);

    [Theory, MemberData(nameof(Streams))]
    public void Int8_streams_are_predictions(string model) =>
        All[model].Session_steps_blocks_and_predictions_are_the_same_bits(WeightFormat.Int8);

    [Theory, MemberData(nameof(Streams))]
    public void Units_are_split(string model) => All[model].Units_split_over_threads_are_the_same_bits();

    [Theory, MemberData(nameof(Generators))]
    public void Generators_are_predictions(string model) => All[model].A_generator_gives_the_bits_of_a_prediction();

    [Theory, MemberData(nameof(Models))]
    public void Ragged_batches(string model) => All[model].A_ragged_batch_has_the_bits_of_its_sequences_alone();

    [Theory, MemberData(nameof(Models))]
    public void Groups(string model) => All[model].Groups_of_sequences_have_the_bits_of_the_batch();

    [Theory, MemberData(nameof(Models))]
    public void Budgets(string model) => All[model].A_byte_budget_keeps_the_gradient();

    [Theory, MemberData(nameof(Models))]
    public void Gradients_by_hand(string model) => All[model].Bptt_gives_the_gradient_of_the_equations();

    [Theory, MemberData(nameof(Models))]
    public void Trainers(string model) => All[model].The_trainer_and_Bptt_agree();

    [Theory, MemberData(nameof(Models))]
    public void Inspectors(string model) => All[model].The_inspector_sees_what_Bptt_computes();

    [Theory, MemberData(nameof(Models))]
    public void Explanations(string model) => All[model].An_explanation_finds_what_is_not_finite();

    [Theory, MemberData(nameof(Models))]
    public void Windows(string model) => All[model].A_window_goes_on_where_the_last_one_stopped();

    [Theory, MemberData(nameof(Models))]
    public void Allocation(string model) => All[model].Nothing_is_allocated();
}
