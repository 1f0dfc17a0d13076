using FastRnn.CompilerServices;

namespace FastRnn.Training;

/// <summary>Stochastic gradient descent as PyTorch's <c>SGD</c> without dampening: <c>g += weightDecay * p; m = momentum * m + g; p -=
/// learningRate * m</c>, with Nesterov (Sutskever et al. 2013) <c>p -= learningRate * (g + momentum * m)</c>. An <c>m</c> or <c>p</c> below
/// 2^-100 becomes 0.</summary>
public sealed unsafe class Sgd : Optimizer
{
    private float weightDecay, momentum;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="momentum">From 0 to below 1.</param>
    /// <param name="weightDecay">At least 0.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="nesterov"/> without momentum.</exception>
    public Sgd(float learningRate, float momentum = 0, float weightDecay = 0, bool nesterov = false)
        : base(learningRate)
    {
        StateSlots = CheckFraction(momentum, nameof(momentum)) == 0 ? 0 : 1;
        Momentum = momentum;
        WeightDecay = CheckNotNegative(weightDecay, nameof(weightDecay));
        if (nesterov && momentum == 0)
            throw new ArgumentException("Nesterov's step needs a momentum above 0.", nameof(nesterov));
        Nesterov = nesterov;
    }

    /// <summary>The part of the last step that is kept, from 0 to below 1. An optimizer that is made without momentum stays without, and
    /// one that is made with some keeps a number above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float Momentum
    {
        get => this.momentum;
        set => this.momentum = CheckFraction(value, nameof(Momentum)) > 0 == StateSlots > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Momentum), value, StateSlots > 0
                ? "Expected a number above 0: this optimizer was made with momentum."
                : "Expected 0: this optimizer was made without momentum.");
    }

    /// <summary>The factor of the parameter that is added to its gradient; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float WeightDecay
    {
        get => this.weightDecay;
        set => this.weightDecay = CheckNotNegative(value, nameof(WeightDecay));
    }

    /// <summary>Whether the step looks ahead.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public override int StateSlots { get; }

    internal override float? Decay => WeightDecay;

    internal override (string Name, float Value)[] Numbers => [("momentum", Momentum), ("weight_decay", WeightDecay)];

    internal override void SetNumbers(ReadOnlySpan<float> numbers) => (Momentum, WeightDecay) = (numbers[0], numbers[1]);

    internal override string Kind => Nesterov ? "Sgd.Nesterov" : Momentum > 0 ? "Sgd.Momentum" : "Sgd";

    internal override void Update(SimdWidth width, in OptimizerCall call, nint begin, nint end) =>
        SimdDispatch.Run(width, new Step(this, in call, begin, end));

    private void Update<S, V>(in OptimizerCall call, nint begin, nint end)
        where S : ISimd<V>
        where V : struct
    {
        var scale = S.Create(call.GradientScale);
        var decay = S.Create(call.WeightDecay ?? WeightDecay);
        var momentum = S.Create(Momentum);
        var rate = S.Create(-(call.LearningRate ?? LearningRate));
        for (var i = begin; i < end; i += S.Lanes)
        {
            var p = S.Load(call.Parameters + i);
            var g = S.Fma(decay, p, S.Multiply(S.Load(call.Gradients + i), scale));
            if (call.State0 != null)
            {
                var m = Activation.Flush<S, V>(S.Fma(momentum, S.Load(call.State0 + i), g));
                S.Store(m, call.State0 + i);
                g = Nesterov ? S.Fma(momentum, m, g) : m;
            }

            S.Store(Activation.Flush<S, V>(S.Fma(rate, g, p)), call.Parameters + i);
        }
    }

    private readonly ref struct Step(Sgd optimizer, ref readonly OptimizerCall call, nint begin, nint end) : ISimdWork
    {
        private readonly ref readonly OptimizerCall call = ref call;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => optimizer.Update<S, V>(call, begin, end);
    }
}
