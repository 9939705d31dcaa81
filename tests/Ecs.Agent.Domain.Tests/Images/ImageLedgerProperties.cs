using CsCheck;
using Ecs.Agent.Domain.Images;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Images;

public sealed class ImageLedgerProperties
{
    private static readonly Gen<string> Name = Gen.OneOfConst("app", "app:latest", "app:1", "host:5000/app", "docker.io/library/app:1", "No Name");
    private static readonly Gen<string> Id = Gen.OneOfConst("a", "b", "c");
    private static readonly Gen<DateTimeOffset> Time = Gen.Int[-10, 10].Select(hours => T0.AddHours(hours));

    private static readonly Gen<Func<ImageLedger, ImageLedger>> Change = Gen.OneOf<Func<ImageLedger, ImageLedger>>(
        Gen.Select(Name, Id, Time).Select((name, id, at) => (Func<ImageLedger, ImageLedger>)(l => l.Seen(name, id, 1, [], at))),
        Name.Select(name => (Func<ImageLedger, ImageLedger>)(l => l.Pulled(name))),
        Gen.Select(Id, Time).Select((id, at) => (Func<ImageLedger, ImageLedger>)(l => l.Used(id, at))),
        Gen.Select(Id, Name).Select((id, name) => (Func<ImageLedger, ImageLedger>)(l => l.Untagged(id, name))),
        Id.Select(id => (Func<ImageLedger, ImageLedger>)(l => l.Forgotten(id))));

    [Fact]
    public void Ledger_AfterWhateverHappened_IsSound() => Change.Array[0, 30].Sample(changes =>
    {
        var ledger = ImageLedger.Empty;
        foreach (var change in changes)
        {
            var next = change(ledger);
            foreach (var (id, record) in next.Records)
            {
                Assert.Equal(id, record.Id);
                Assert.Subset(record.Names.ToHashSet(), record.PulledNames.ToHashSet());
                Assert.True(ledger.Records.GetValueOrDefault(id) is not { } before || record.LastUsedAt >= before.LastUsedAt);
            }

            var names = next.Records.Values.SelectMany(r => r.Names).ToList();
            Assert.Equal(names.Count, names.Distinct().Count());
            ledger = next;
        }

        // A saved ledger is restored as it was.
        Assert.Equal(
            ledger.Records.Values.Select(r => (r.Id, string.Join(',', r.Names), string.Join(',', r.PulledNames), r.LastUsedAt)),
            ImageLedger.Of(ledger.Records.Values).Records.Values.Select(
                r => (r.Id, string.Join(',', r.Names), string.Join(',', r.PulledNames), r.LastUsedAt)));
    });

    [Fact]
    public void Candidates_AreNeverUsedNeverExcludedNeverYoung_AndInOrder() =>
        Gen.Select(Change.Array[0, 30], Name.Array[0, 3], Name.Array[0, 2], Gen.Int[0, 20]).Sample((changes, used, excluded, hours) =>
        {
            var now = T0.AddHours(hours);
            var ledger = changes.Aggregate(ImageLedger.Empty, (l, change) => change(l));
            var inUse = ImagesInUse.By([Placed([.. used.Select((name, i) => Container($"c{i}") with { Image = name })])]);
            var policy = new ImageCleanUpPolicy { Exclusions = ImageExclusions.BuiltIn.And(excluded) };

            var candidates = ImageCleanUpRules.Candidates(ledger, inUse, policy, now);

            Assert.All(candidates, record =>
            {
                Assert.False(record.Names.Overlaps(used.Concat(excluded).Select(ImageReference.FamiliarName)));
                Assert.True(now - record.FirstSeenAt > TimeSpan.FromHours(1));
            });
            Assert.Equal(candidates.Select(r => r.LastUsedAt).Order(), candidates.Select(r => r.LastUsedAt));
            Assert.Empty(candidates.Except(ImageCleanUpRules.Removable(ledger, inUse, policy.Exclusions)));
            Assert.All(
                ledger.Records.Values.Except(candidates),
                record => Assert.True(
                    record.Names.Overlaps(used.Concat(excluded).Select(ImageReference.FamiliarName))
                    || now - record.FirstSeenAt <= TimeSpan.FromHours(1)));
        });
}
