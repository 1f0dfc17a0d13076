namespace FastRnn.Tests.Matrix;

/// <summary>One column of the matrix: a model of some shape, on which every feature is tried.</summary>
internal interface IFeatures : IGradientFeatures
{
    /// <summary>Whether sequences can be made step by step, outputs fed back.</summary>
    bool Generates { get; }

    void Session_steps_blocks_and_predictions_are_the_same_bits(WeightFormat weights);

    void Units_split_over_threads_are_the_same_bits();

    void A_generator_gives_the_bits_of_a_prediction();

    void A_ragged_batch_has_the_bits_of_its_sequences_alone();

    void Groups_of_sequences_have_the_bits_of_the_batch();

    void A_byte_budget_keeps_the_gradient();

    void A_window_goes_on_where_the_last_one_stopped();
}
