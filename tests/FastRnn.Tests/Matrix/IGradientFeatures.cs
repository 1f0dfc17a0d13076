namespace FastRnn.Tests.Matrix;

/// <summary>Gradients of a model, a look inside it, and what it allocates.</summary>
internal interface IGradientFeatures : IShape
{
    void Bptt_gives_the_gradient_of_the_equations();

    void The_trainer_and_Bptt_agree();

    void The_inspector_sees_what_Bptt_computes();

    void An_explanation_finds_what_is_not_finite();

    void Nothing_is_allocated();
}
