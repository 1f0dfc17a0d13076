using System.Globalization;
using System.IO.Enumeration;

namespace FastRnn.Training;

/// <summary>Parameters that are trained in another way than the others (<see cref="TrainerOptions.Groups"/>): not at all, at another rate,
/// or with another weight decay. What a group does not set is left as it is, and what a later group sets holds: so
/// <c>[new("0.*") { LearningRateFactor = 0.1f }, ParameterGroup.Vectors with { WeightDecay = 0 }]</c> trains the first layer slowly, and
/// lets no vector decay.</summary>
public sealed record ParameterGroup
{
    private readonly Func<TrainedParameter, bool> has;

    /// <summary>The parameters of a name.</summary>
    /// <param name="pattern">A <see cref="TrainedParameter.Name"/>, or one of its <see cref="TrainedParameter.Tensors"/>, in which <c>*</c>
    /// stands for any letters and <c>?</c> for one: <c>0.*</c> is the first layer, <c>*.bias*</c> what files call a bias.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public ParameterGroup(string pattern)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        Name = pattern;
        has = parameter => Matches(parameter.Name) || parameter.Tensors.Any(Matches);

        bool Matches(string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
    }

    /// <summary>The parameters for which a function says so.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="has">Whether a parameter belongs to the group; asked once for each, when a trainer is made.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public ParameterGroup(string name, Func<TrainedParameter, bool> has)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(has);
        (Name, this.has) = (name, has);
    }

    /// <summary>All vectors: biases, gains of norms, peepholes, learned first states. Usually they do not decay (<c>ParameterGroup.Vectors
    /// with { WeightDecay = 0 }</c>): a bias does not make a function less smooth.</summary>
    public static ParameterGroup Vectors { get; } = new("vectors", parameter => parameter.IsVector);

    /// <summary>The pattern, or what the function is called.</summary>
    public string Name { get; }

    /// <summary>Whether they stay as they are. Their gradients are made, but count neither in the norm nor in the optimizer's numbers; the
    /// optimizer remembers nothing new of them.</summary>
    public bool? IsFrozen { get; init; }

    /// <summary>What the optimizer's learning rate is multiplied by, whatever a schedule makes of that; at least 0.</summary>
    public float? LearningRateFactor { get; init; }

    /// <summary>Their weight decay, in place of the optimizer's (<see cref="AdamW.WeightDecay"/>, <see cref="Sgd.WeightDecay"/>); at least
    /// 0.</summary>
    public float? WeightDecay { get; init; }

    /// <summary>Whether a parameter belongs to it.</summary>
    /// <param name="parameter">The parameter.</param>
    public bool Has(TrainedParameter parameter) => has(parameter);

    /// <exception cref="ArgumentException">It sets nothing, a number is out of its range, or the optimizer has no weight decay.</exception>
    internal void Check(Optimizer optimizer)
    {
        if (IsFrozen is null && LearningRateFactor is null && WeightDecay is null)
        {
            throw new ArgumentException($"Groups: '{Name}' sets nothing; expected IsFrozen, LearningRateFactor or WeightDecay.");
        }

        CheckNumber(LearningRateFactor, nameof(LearningRateFactor));
        CheckNumber(WeightDecay, nameof(WeightDecay));
        if (WeightDecay is not null && optimizer.Decay is null)
        {
            throw new ArgumentException($"Groups: '{Name}' sets WeightDecay, and {optimizer.Kind} has none; AdamW and Sgd have.");
        }
    }

    private void CheckNumber(float? value, string name)
    {
        if (value is { } number && !(number >= 0 && float.IsFinite(number)))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Groups: {name} of '{Name}': expected a finite number, at least 0, got {number}."));
        }
    }
}
